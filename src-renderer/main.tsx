import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './components/styles/base.css';
import './components/styles/parts.css';
import './components/styles/panels.css';
import './components/styles/frame.css';
import { connectCore } from './rpc/connect.ts';
import { App } from './shell/app.tsx';

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App connection={connectCore()} />
    </StrictMode>,
  );
}
