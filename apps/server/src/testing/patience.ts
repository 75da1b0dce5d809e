import { vi } from 'vitest';

/** These tests start databases and processes: on a busy machine that takes longer than a unit test may. Imported first by each of them. */
vi.setConfig({ hookTimeout: 180_000, testTimeout: 180_000 });
