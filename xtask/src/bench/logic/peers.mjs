/** Other form engines, as they come from npm, on the synthetic form's expressions. */

import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Name, version and browser script of each. */
export function load(folder) {
  const version = (name) => JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).version;
  const survey = readFileSync(join(folder, 'survey-core/survey.core.min.js'), 'utf8');
  return [
    ['survey-core', version('survey-core'), survey],
    ['openrosa-xpath-evaluator', version('openrosa-xpath-evaluator'), openrosa(join(folder, 'openrosa-xpath-evaluator/src'))],
  ];
}

/** The package is CommonJS without dependencies but one for digests, which nothing here asks for. */
function openrosa(folder) {
  const files = readdirSync(folder, { recursive: true }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.js'));
  const modules = files.map((file) => {
    const source = readFileSync(join(folder, file), 'utf8').replace(/require\('(\.[^']*)'\)/g, (_, to) => {
      return `require('${posix.join(posix.dirname(file), to)}.js')`;
    });
    return `${JSON.stringify(file)}: (module, exports, require) => {${source}\n}`;
  });
  return `window.openrosa = (() => {
    const sources = {${modules.join(',\n')}};
    const made = {};
    const require = (name) => {
      if (!made[name]) {
        made[name] = { exports: {} };
        sources[name](made[name], made[name].exports, require);
      }
      return made[name].exports;
    };
    return require('openrosa-xpath.js');
  })();`;
}

/**
 * Runs in a page of its own. All questions are answered with 1, then the first changes between 2 and 1; the time is from
 * there until every calculation has its value. `check` is their sum with 2.
 */
export function timePeer([name, form, changes]) {
  const engine = { 'survey-core': survey, 'openrosa-xpath-evaluator': xpath }[name](form);
  const times = [];
  for (let turn = 0; turn <= changes; turn += 1) {
    const start = performance.now();
    engine.change(turn % 2 ? 1 : 2);
    times.push(performance.now() - start);
  }
  engine.change(2);
  return { times: times.slice(1), check: engine.sum() };

  /** Expression questions on one page; only what is no SurveyJS syntax is written otherwise. */
  function survey({ questions, calculations }) {
    const { FunctionFactory, Model } = window.Survey;
    FunctionFactory.Instance.register('coalesce', ([first, second]) => first ?? second);
    const translated = (expression) => expression.replace(/\$\{(\w+)\}/g, '{$1}');
    const elements = questions.flatMap(({ name: question, relevant }, place) => [
      { type: 'text', inputType: 'number', name: question, ...(relevant && { visibleIf: translated(relevant) }) },
      { type: 'expression', name: calculations[place].name, expression: translated(calculations[place].expression) },
    ]);
    const model = new Model({ pages: [{ elements }] });
    model.data = Object.fromEntries(questions.map((question) => [question.name, 1]));
    return {
      change: (value) => model.setValue(questions[0].name, value),
      sum: () => calculations.reduce((sum, calculation) => sum + model.getValue(calculation.name), 0),
    };
  }

  /** The evaluator alone, in the order of the calculations: a form engine around it would only add to this. */
  function xpath({ questions, calculations }) {
    const names = [...questions, ...calculations].map((node) => node.name);
    const text = `<data>${names.map((node) => `<${node}>1</${node}>`).join('')}</data>`;
    const document = new DOMParser().parseFromString(text, 'text/xml');
    const node = Object.fromEntries(names.map((each) => [each, document.getElementsByTagName(each)[0]]));
    const evaluator = window.openrosa();
    const all = calculations.map((calculation) => [
      node[calculation.name],
      calculation.expression.replace(/\$\{(\w+)\}/g, '/data/$1'),
    ]);
    const calculate = () => {
      for (const [target, expression] of all) {
        target.textContent = evaluator.evaluate(expression, document, null, XPathResult.STRING_TYPE).stringValue;
      }
    };
    calculate();
    return {
      change(value) {
        node[questions[0].name].textContent = value;
        calculate();
      },
      sum: () => all.reduce((sum, [target]) => sum + Number(target.textContent), 0),
    };
  }
}
