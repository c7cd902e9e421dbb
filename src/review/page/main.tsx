import { render } from 'preact';

render(<p>ficferry</p>, document.getElementById('app') as HTMLElement);
