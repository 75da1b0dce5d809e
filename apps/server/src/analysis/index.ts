/** What the command line needs of the server to analyse a study, without loading the server. */

export { type InstalledModels, loadModels, modelFolder } from './models.ts';
export { nativeCodecs } from './native-codecs.ts';
export { createNetworkRunner, type NetworkRunner, threadsForCommand } from './network.ts';
export { loadSiteModel, type SiteModel } from './site-model.ts';
