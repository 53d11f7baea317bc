// Says in words what a mark of a picture stands for: the one under the pointer, or the one chosen by the arrow keys.
// Pictures say the same without it: marks have titles, and the table stands below.

const DIRECTIONS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

for (const picture of document.querySelectorAll('.picture')) {
  /** The marks of the layout that is shown. */
  const marks = () => {
    const shown = [...picture.querySelectorAll('svg')].find((svg) => svg.getBoundingClientRect().width > 0);
    return shown ? [...shown.querySelectorAll('.mark')] : [];
  };
  if (!picture.querySelector('.mark')) continue;

  const words = document.createElement('output');
  words.className = 'picture-words';
  picture.after(words);
  picture.tabIndex = 0;
  picture.setAttribute('role', 'group');
  picture.setAttribute('aria-label', '図の値。矢印キーで一つずつ読めます');

  let chosen = null;
  const choose = (mark) => {
    chosen?.classList.remove('mark--chosen');
    chosen = mark;
    mark?.classList.add('mark--chosen');
    words.textContent = mark?.querySelector('title')?.textContent ?? '';
  };

  picture.addEventListener('pointerover', (event) => choose(event.target.closest?.('.mark') ?? null));
  picture.addEventListener('pointerleave', () => choose(null));
  picture.addEventListener('keydown', (event) => {
    const all = marks();
    const place = all.indexOf(chosen);
    let next = null;
    if (event.key in DIRECTIONS) {
      next = place < 0 ? (DIRECTIONS[event.key] > 0 ? 0 : all.length - 1) : place + DIRECTIONS[event.key];
      next = all[Math.min(Math.max(next, 0), all.length - 1)];
    } else if (event.key === 'Home') next = all[0];
    else if (event.key === 'End') next = all.at(-1);
    else if (event.key !== 'Escape') return;
    event.preventDefault();
    choose(next);
  });
}
