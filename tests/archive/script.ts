/**
 * What the archive's pages do in a browser, as far as it meets a program that fills their forms. In words of our own,
 * without the library that the archive uses; it runs at the page's end. Known from the archive's public source:
 *
 * - Parts whose box is not ticked get the class `hidden` when the page has loaded. A click on the box shows and hides
 *   them; hiding empties what is in them, but not chapters and date.
 * - Every click on the chapters box rewrites the number of chapters: "1" becomes "?", anything else becomes "1". So the
 *   box comes first and the number after it.
 * - Tag lines are hidden behind a list of tokens (`ul.autocomplete`, before them), which has a text box of its own. What
 *   stood in the line becomes tokens, cut at commas and not trimmed. Comma, Tab and Enter make tokens of the box's text, and so does submitting the
 *   form. With each token that comes or goes the hidden line is written anew out of the tokens alone: what a program
 *   put there without a token is lost. A tag that is there already is not added again.
 * - The counters follow keys, mouse and `change`, not `input`.
 *
 * A model, for want of certainty: the id of the tokens' text box (`ID_autocomplete`; other programs for the archive
 * know it so), and that nothing is suggested. Left out: the rich text editor, which an author has to switch on, and
 * the checks while she types.
 */
export const SCRIPT = `
(function () {
  'use strict';
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };

  function fold(box) {
    var id = box.id.replace('-show', '');
    var part = document.getElementById(id);
    part.classList.toggle('hidden', !box.checked);
    if (!box.checked && id !== 'chapters-options' && id !== 'backdate-options') {
      all('input, textarea, select', part).forEach(function (field) {
        if (field.type === 'checkbox') field.checked = false;
        else if (field.type !== 'hidden') field.value = '';
      });
    }
    if (id === 'chapters-options') {
      var count = document.getElementById('work_wip_length');
      count.value = count.value === '1' ? '?' : '1';
    }
  }
  all('.toggle_formfield').forEach(function (box) {
    if (!box.checked) document.getElementById(box.id.replace('-show', '')).classList.add('hidden');
    box.addEventListener('click', function () { fold(box); });
  });

  function tokens(line) {
    var list = document.createElement('ul');
    list.className = 'autocomplete';
    list.setAttribute('role', 'listbox');
    var last = list.appendChild(document.createElement('li'));
    last.className = 'input';
    var entry = last.appendChild(document.createElement('input'));
    entry.type = 'text';
    entry.className = 'text';
    entry.id = line.id + '_autocomplete';
    entry.setAttribute('role', 'combobox');
    entry.autocomplete = 'off';
    var names = [];
    var write = function () { line.value = names.join(','); };
    var add = function (name) {
      if (names.indexOf(name) !== -1) return;
      var token = document.createElement('li');
      token.className = 'added tag';
      token.textContent = name + ' ';
      var remove = token.appendChild(document.createElement('span'));
      remove.className = 'delete';
      var cross = remove.appendChild(document.createElement('a'));
      cross.href = '#';
      cross.title = 'remove ' + name;
      cross.textContent = '\\u00d7';
      remove.addEventListener('click', function (event) {
        event.preventDefault();
        names.splice(names.indexOf(name), 1);
        token.remove();
        write();
      });
      list.insertBefore(token, last);
      names.push(name);
      write();
    };
    var take = function () {
      if (entry.value === '') return;
      var text = entry.value;
      entry.value = '';
      text.split(',').forEach(function (name) { add(name.trim()); });
    };
    entry.addEventListener('keydown', function (event) {
      if ([',', 'Tab', 'Enter'].indexOf(event.key) === -1 || entry.value === '') return;
      event.preventDefault();
      take();
    });
    line.form.addEventListener('submit', take);
    var held = line.value;
    line.style.display = 'none';
    line.value = '';
    line.parentNode.insertBefore(list, line);
    if (held !== '') held.split(',').forEach(function (name) { add(name); });
  }
  all('input.autocomplete').forEach(tokens);

  function count(field) {
    var counter = document.getElementById(field.id + '_counter');
    var length = field.value.replace(/\\r\\n|\\r|\\n/g, '\\r\\n').length;
    if (counter) counter.textContent = String(Number(counter.getAttribute('data-maxlength')) - length);
  }
  all('.observe_textlength').forEach(count);
  ['keyup', 'keydown', 'mouseup', 'mousedown', 'change'].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (event.target.classList && event.target.classList.contains('observe_textlength')) count(event.target);
    });
  });
})();
`;
