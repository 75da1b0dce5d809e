import { unzipSync } from 'fflate';

/** Content of one archive beyond which it is left packed: a page holds all of it in memory. */
const MOST_BYTES = 1.5e9;

/** Files with what lies in zip archives in the place of the archives, as studies come from portals and discs. */
export async function unpacked(files: readonly File[]): Promise<readonly File[]> {
  const all = await Promise.all(files.map((file) => (/\.zip$/i.test(file.name) ? entriesOf(file) : [file])));
  return all.flat();
}

async function entriesOf(file: File): Promise<readonly File[]> {
  let bytes = 0;
  try {
    const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), {
      filter: ({ originalSize }) => {
        bytes += originalSize;
        if (bytes > MOST_BYTES) throw new Error('too large');
        return true;
      },
    });
    return Object.entries(entries).flatMap(([name, content]) =>
      name.endsWith('/') ? [] : [new File([content as Uint8Array<ArrayBuffer>], name)],
    );
  } catch {
    // Encrypted, broken or too large: the archive itself goes on, and is refused by name where files are read.
    return [file];
  }
}
