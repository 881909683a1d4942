// Reads a bootstrap in its proto JSON form.

/** Every object below a value, the value itself included. */
export function* objects(value) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const child of Object.values(value)) yield* objects(child);
}

/** Every message of a type, found where a typed_config names it. */
export function* typed(value, type) {
  for (const object of objects(value)) if (object['@type'] === `type.googleapis.com/${type}`) yield object;
}

export const connectionManagers = value => typed(value, 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager');
export const extAuthzType = 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz';
export const extAuthzPerRouteType = `${extAuthzType}PerRoute`;

/** Seconds of a proto JSON duration such as "0.250s". */
export const seconds = duration => Number(duration.slice(0, -1));

export function repeated(values) {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
