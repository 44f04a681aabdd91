export { applyRules, correctRule, deleteRule, orderRules, saveRule, tryRule } from './operations.ts';
