import { type DragTool, RESTING } from './slice-view.tsx';

/** What a press of the main button does in every pane. */
export type Tool = 'scroll' | 'window' | 'pan' | 'length' | 'angle' | 'area' | 'crest';

export const TOOLS: readonly { readonly value: Tool; readonly label: string }[] = [
  { value: 'scroll', label: 'Scroll' },
  { value: 'window', label: 'Window' },
  { value: 'pan', label: 'Move' },
  { value: 'length', label: 'Length' },
  { value: 'angle', label: 'Angle' },
  { value: 'area', label: 'Area' },
];

export const DRAG: Readonly<Record<Tool, DragTool>> = {
  scroll: 'slice',
  window: 'window',
  pan: 'pan',
  length: 'line',
  angle: 'line',
  area: 'outline',
  crest: 'point',
};
export const TOOL_KEYS: Readonly<Record<string, Tool>> = {
  s: 'scroll',
  w: 'window',
  v: 'pan',
  l: 'length',
  a: 'angle',
  r: 'area',
};
/** Keys that change nothing but what is seen. */
export const LOOKING_KEYS: ReadonlySet<string> = new Set(['o', 'n', 'i', 'f', ' ', 'escape']);
/** What a press does until a tool is chosen. */
export const REST: Tool = RESTING === 'slice' ? 'scroll' : 'window';
