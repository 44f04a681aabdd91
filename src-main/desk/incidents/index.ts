export { noticeText } from './notice.ts';
export { changeIncident, closeIncident, declareIncident, knownIncident, reportIncidents, trendsNow } from './operations.ts';
