import { TokenList } from './token-list.tsx';
import './admin.css';

/** The signed-in person's own tokens: for a viewer, a script, a workstation that acts in their name. */
export function TokensPage() {
  return (
    <div className="fo-stack fo-admin">
      <h1>Tokens</h1>
      <p className="fo-quiet">
        A token lets a program act in your name, within what you choose and never beyond your own rights. It
        cannot open a record in an emergency, change rights or make further tokens; everything done with it is
        in the trail under its id.
      </p>
      <section className="fo-panel fo-pad fo-section">
        <h2>Your tokens</h2>
        <TokenList base="/api/tokens" canMake />
      </section>
    </div>
  );
}
