/** What does not fit or cannot be read, found by measuring. */

/** Smallest text in a picture, in CSS pixels on the screen. */
const SMALLEST = 12;

/** Sentences about what is wrong with the page at its present width; none when all is well. */
export function measure(page) {
  return page.evaluate((smallest) => {
    const width = innerWidth;
    const shown = (element) => element.getClientRects().length > 0;
    const problems = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > width) {
      const wide = [...document.querySelectorAll('main *')].filter((element) => {
        const { right } = element.getBoundingClientRect();
        return right > width + 1 && !element.closest('.table-frame');
      });
      const names = wide.slice(0, 5).map((element) => `${element.tagName}.${element.className}`);
      problems.push(`${width}: scrolls sideways, ${scrollWidth} pixels: ${names.join(', ')}`);
    }
    for (const text of [...document.querySelectorAll('svg text')].filter(shown)) {
      const size = parseFloat(getComputedStyle(text).fontSize) * Math.abs(text.getScreenCTM().a || 1);
      if (size < smallest - 0.05) problems.push(`${width}: 「${text.textContent}」 is ${size.toFixed(1)} pixels`);
    }
    for (const heading of [...document.querySelectorAll('h1, h2, h3, h4, caption, summary, th, .button')].filter(shown)) {
      const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { currentNode } = walker;
        for (const { index, 0: word } of currentNode.data.matchAll(/[A-Za-zＡ-Ｚａ-ｚ0-9.,]{2,}/g)) {
          const range = document.createRange();
          range.setStart(currentNode, index);
          range.setEnd(currentNode, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) problems.push(`${width}: 「${word}」 is broken in 「${heading.textContent.trim()}」`);
        }
      }
    }
    return problems;
  }, SMALLEST);
}
