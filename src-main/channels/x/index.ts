export { xDriver } from './driver.ts';
export { composeReply, type ComposeRule } from './compose-rules.ts';
export { weighPost, type Weight } from './weigh.ts';
