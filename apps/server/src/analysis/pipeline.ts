/** The one analysis, the same for the command line, the jobs and the browser; this name is what the command line imports. */
export { analyze as analyzeStudy } from '@foramen/analysis';
