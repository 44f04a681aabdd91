export * from './clock.ts';
export * from './ids.ts';
export * from './errors.ts';
export * from './log.ts';
export * from './retry.ts';
export * from './emitter.ts';
export * from './lazy.ts';
export * from './thread.ts';
export { asDataUrl, pictureType } from './picture-type.ts';
