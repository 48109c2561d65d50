// Runs in the recorded page: shows the mouse pointer, which screenshots don't contain, and hides what isn't recorded.

export function preparePage(): void {
  const style = new CSSStyleSheet();
  style.replaceSync(`
    .site-header, .intro, #verification { display: none !important; }
    .demo { padding-block-start: 24px; }
    #recorded-pointer {
      position: fixed; inset: 0 auto auto 0; z-index: 9; inline-size: 22px; pointer-events: none; transform-origin: 4px 3px;
    }
    #recorded-pointer.pressed { scale: 0.8; }
    * { caret-color: transparent !important; }
  `);
  const svg = 'http://www.w3.org/2000/svg';
  addEventListener('DOMContentLoaded', () => {
    document.adoptedStyleSheets.push(style);
    const pointer = document.createElementNS(svg, 'svg');
    pointer.id = 'recorded-pointer';
    pointer.setAttribute('viewBox', '0 0 22 28');
    const path = document.createElementNS(svg, 'path');
    path.setAttribute('d', 'M3 2v20l5-4.6 3.4 7.6 3.4-1.5-3.4-7.5H18z');
    path.setAttribute('fill', '#111');
    path.setAttribute('stroke', '#fff');
    path.setAttribute('stroke-width', '1.6');
    pointer.append(path);
    document.body.append(pointer);
    const move = (x: number, y: number): void => {
      pointer.style.translate = `${x - 3}px ${y - 2}px`;
      sessionStorage.setItem('pointer', `${x} ${y}`);
    };
    const [x = 0, y = 0] = (sessionStorage.getItem('pointer') ?? '0 0').split(' ').map(Number);
    move(x, y);
    addEventListener('mousemove', (event) => move(event.clientX, event.clientY));
    addEventListener('mousedown', () => pointer.classList.add('pressed'), true);
    addEventListener('mouseup', () => pointer.classList.remove('pressed'), true);
  });
}
