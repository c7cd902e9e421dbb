/** Starts the page, with the key that the program gave it. */
import { render } from 'preact';
import { App } from './App.js';
import { Api } from './api.js';
import { Client } from './client.js';
import { ClientContext } from './context.js';
import { takeSecret } from './secret.js';

const root = document.getElementById('app') as HTMLElement;
const secret = takeSecret();
if (secret === undefined) {
  render(<NoKey />, root);
} else {
  const client = new Client(new Api(secret));
  render(
    <ClientContext.Provider value={client}>
      <App />
    </ClientContext.Provider>,
    root,
  );
  void client.start();
}
// The same tab may be given the address of a program that was started anew.
window.addEventListener('hashchange', () => {
  if (!/^#(\/|$)/.test(location.hash)) location.reload();
});

function NoKey() {
  return (
    <main>
      <h1>ficferry</h1>
      <p>
        This page needs the key that ficferry gives it. Open the whole address that ficferry printed, with what stands
        behind the <code>#</code>.
      </p>
    </main>
  );
}
