/** Is this line a scene break, drawn in characters? Only lines that hold nothing else are. */

/** What dividers are drawn with; `-`, `.` and the like need company (see below). */
const SIGNS = /^[-*~#+=_·•●○◦♥♡❤♦◊◆◇☆★✦✧✩✶✷✿❀❁❖❦❧☙§¤°†‡⁂∞–—―.:|/\\<>^]+$/u;
/** Signs that say "new scene" even when they stand alone. */
const BOLD_SIGNS = /[*~#·•●○◦♥♡❤♦◊◆◇☆★✦✧✩✶✷✿❀❁❖❦❧☙§¤⁂∞]/u;
/** A face (`-_-`, `^_^`, `>.<`, `*_*`) is what somebody said. */
const FACE = /^([^._])[._]+\1$|^[<>][._][<>]$/u;
/** Rows of one sign that is otherwise punctuation: `---`, `___`, `===`, `+++`, `————`. Three dots are an ellipsis. */
const ROW = /^([-–—―_=+|°†‡<>])\1{2,}$|^([<>/\\]){4,}$/u;
/** `oOo`, `xXx`, `o0o`: letters that no word is made of, in two sizes. */
const LETTERS = /^(?:[oO0]+|[xX]+)$/;

/**
 * @param text one line, trimmed, at most a few dozen characters long
 * @param centred a line in the middle of the page is more readily a divider (`xxx` at the left is a kiss)
 */
export function isDivider(text: string, centred: boolean): boolean {
  // Nearly every line is prose: its first character says so.
  if (/^[\p{L}\p{N}]/u.test(text) && !/^[oO0xX]/.test(text)) return false;
  const bare = text.replace(/(?:\s|\u200b|\ufeff|\ufe0f)+/g, '');
  if (bare === '' || bare.length > LONGEST) return false;
  if (SIGNS.test(bare)) {
    if (FACE.test(bare)) return false;
    return BOLD_SIGNS.test(bare) || ROW.test(bare) || (bare.length >= 5 && /[-–—=_+]/.test(bare));
  }
  return isLetterDivider(bare, text, centred);
}

/** Dividers are typed across a screen at most. */
export const LONGEST = 120;

function isLetterDivider(bare: string, text: string, centred: boolean): boolean {
  const letters = bare.replace(/[^\p{L}\p{N}]+/gu, '');
  if (!LETTERS.test(letters) || !SIGNS.test(bare.replace(/[oO0xX]/g, '-'))) return false;
  // `-x-`, `~o~`, `.xXx.`: signs on both sides.
  if (/^[^\p{L}\p{N}].*[^\p{L}\p{N}]$/u.test(bare)) return true;
  if (bare.length !== letters.length) return false;
  // `oOo`, `xXx`, `o0o`, `oOoOo`
  if (letters.length >= 3 && new Set(letters).size > 1) return true;
  // `x x x`, `o o o`
  if (/^(\S)(?:\s+\1){2,}$/.test(text.trim())) return true;
  return centred && letters.length >= 3;
}
