import { describe, expect, it } from 'vitest';
import { progressLine, timeLeft } from './progress-line.ts';

describe('progress', () => {
  it('draws one line on a terminal, with the time left, and takes it away again', () => {
    let text = '';
    let t = 0;
    const io = { out: () => {}, err: (more: string) => (text += more) };
    const line = progressLine(io, true, () => t);
    line.say('finding the spine', 0);
    t = 4000;
    line.say('finding the spine', 0.25);
    expect(text).toContain('[######..................] finding the spine, 12 s left');
    expect(text).not.toContain('\n');
    line.end();
    expect(text.endsWith('\r\x1b[2K')).toBe(true);
  });

  it('is silent elsewhere', () => {
    let text = '';
    const line = progressLine({ out: () => {}, err: (more) => (text += more) }, false);
    line.say('measuring', 0.5);
    line.end();
    expect(text).toBe('');
  });

  it('says nothing before there is something to go by', () => {
    expect(timeLeft(0.1, 0.5)).toBe('');
    expect(timeLeft(10, 0.01)).toBe('');
    expect(timeLeft(9, 0.95)).toBe(', under a second left');
    expect(timeLeft(600, 0.5)).toBe(', 10 min left');
  });
});
