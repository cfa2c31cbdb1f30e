/** Of the global that Node has and its types lack without those of a browser: what is used here. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: object;
  }
  class RuntimeError extends Error {}
}
