import { Fragment } from 'react';
import { Dialog } from '../frame/dialog.tsx';

/** What can be done, and by which keys (`Shift+↑`), pointer and fingers. */
const DEEDS: readonly (readonly [what: string, keys: readonly string[], pointer: string, touch: string])[] = [
  ['Next or previous slice', ['↑', '↓'], 'wheel, or drag with Scroll', 'one finger up or down'],
  ['Five slices; first or last', ['Page Up', 'Page Down', 'Home', 'End'], '', ''],
  ['Play the stack, stop', ['Space'], 'the play button', 'the play button'],
  ['Window and level', ['Shift+arrows'], 'drag with Window', 'drag with Window'],
  ['Window presets', ['1', '2', '3', '4'], 'Preset', 'Preset'],
  ['Invert the greys', ['I'], 'the half disc', 'the half disc'],
  ['Zoom', ['+', '−'], 'Ctrl wheel, or right drag', 'two fingers'],
  ['Move the picture', ['Alt+arrows'], 'Shift drag, or drag with Move', 'two fingers, or Move'],
  ['Fit', ['0'], 'double click beside the spine', ''],
  ['See a place in the other plane', ['Enter', 'arrows'], 'click it', 'tap it'],
  ['Choose a level', [], 'double click its disc', 'its card'],
  ['Tools: scroll, window, move', ['S', 'W', 'V'], '', ''],
  ['Tools: length, angle, area', ['L', 'A', 'R'], '', ''],
  ['A pen for the tool: bring it, set a point', ['Enter'], 'press and drag', 'press and drag'],
  ['Move the pen 1 mm; 5 mm; 0.2 mm', ['arrows', 'Shift+arrows', 'Alt+arrows'], '', ''],
  ['Close an outline; put the pen away', ['Enter twice', 'Esc'], 'let go', 'let go'],
  ['Take the last measure away', ['Delete'], 'in the list below', 'in the list below'],
  ['Overlay; level names', ['O', 'N'], 'the switch; the layers', 'the switch; the layers'],
  ['Corridors; earlier study beside', ['K', 'P'], 'in the bar', 'in the bar'],
  ['Large pictures', ['F'], 'the frame', 'the frame'],
  ['Leave tool, cross and large pictures', ['Esc'], '', ''],
  ['This sheet', ['?'], '', ''],
];

/** Every key and gesture of the viewer on one sheet. */
export function ViewerHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys and gestures" size="xl">
      <p className="fo-quiet fo-small">
        Keys work while a picture has the focus: click it, or come to it with Tab.
      </p>
      <table className="fo-table fo-help">
        <thead>
          <tr>
            <th scope="col">To</th>
            <th scope="col">Keys</th>
            <th scope="col">Mouse</th>
            <th scope="col">Fingers</th>
          </tr>
        </thead>
        <tbody>
          {DEEDS.map(([what, keys, pointer, touch]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>
                {keys.map((key) => (
                  <Fragment key={key}>
                    <kbd>{key}</kbd>{' '}
                  </Fragment>
                ))}
              </td>
              <td>{pointer}</td>
              <td>{touch}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
