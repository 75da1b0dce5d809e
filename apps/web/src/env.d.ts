declare module '*.css';
declare module '*?url' {
  const url: string;
  export default url;
}
/** Set by vite.config.ts: the product's version, and the networks that ship with it. */
declare const FORAMEN_VERSION: string;
declare const FORAMEN_NETWORKS: readonly string[];
