// What Envoy accepts and an authorization service can not: each setting with the value that keeps the decision whole.
import { connectionManagers, extAuthzPerRouteType, extAuthzType, objects, seconds, typed } from './tree.mjs';

// A refresh may wait 10 s for another replica: the caller must wait longer.
const shortestTimeout = 12;

// What the service reads of a body.
const longestBody = 16384;

const ofConnectionManager = [
  ['normalize_path', true],
  ['merge_slashes', true],
  ['path_with_escaped_slashes_action', 'REJECT_REQUEST'],
  ['common_http_protocol_options.headers_with_underscores_action', 'REJECT_REQUEST'],
];

const ofExtAuthz = [
  ['transport_api_version', 'V3'],
  ['failure_mode_allow', undefined],
  ['status_on_error.code', 'ServiceUnavailable'],
  ['encode_raw_headers', true],
  ['validate_mutations', true],
  ['clear_route_cache', undefined],
  ['allowed_headers', undefined],
  ['with_request_body', undefined],
];

export function hardening(bootstrap) {
  const managers = [...connectionManagers(bootstrap)];
  const filters = [...typed(bootstrap, extAuthzType)];
  return [
    ...managers.flatMap(manager => differences(manager, ofConnectionManager)),
    ...managers.flatMap(extAuthzBeforeRouter),
    ...managers.flatMap(removedAfterTheCheck),
    ...filters.flatMap(filter => differences(filter, ofExtAuthz)),
    ...filters.flatMap(patience),
    ...[...typed(bootstrap, extAuthzPerRouteType)].flatMap(body),
    ...(bootstrap.static_resources?.clusters ?? []).flatMap(panic),
  ];
}

const at = (object, path) => path.split('.').reduce((value, name) => value?.[name], object);

const differences = (object, wanted) => wanted
  .filter(([path, value]) => at(object, path) !== value)
  .map(([path, value]) => (value === undefined ? `${path} must not be set` : `${path} must be ${value}`));

/** A filter between the two could choose another route than the one that was checked. */
function extAuthzBeforeRouter({ http_filters: filters = [] }) {
  return filters.at(-2)?.typed_config?.['@type'] === `type.googleapis.com/${extAuthzType}` ? [] : ['ext_authz must stand right before the router'];
}

/** The router removes these after the check: they would take away what the service set. */
function removedAfterTheCheck({ route_config: routes }) {
  return [...objects(routes)].flatMap(object => object.request_headers_to_remove ?? []).map(name => `request_headers_to_remove takes ${name} away after the check`);
}

function patience({ grpc_service: service }) {
  if (!service?.envoy_grpc?.authority) return ['grpc_service.envoy_grpc.authority must be set'];
  return seconds(service.timeout ?? '0.2s') >= shortestTimeout ? [] : [`grpc_service.timeout must be ${shortestTimeout}s or longer`];
}

/** A route may send a body, whole and no longer than the service reads it. */
function body({ check_settings: { with_request_body: buffer } = {} }) {
  return !buffer || (buffer.max_request_bytes <= longestBody && !buffer.allow_partial_message) ? [] : [`with_request_body must be whole and at most ${longestBody} bytes`];
}

/** In panic Envoy asks hosts that it knows to be down. A percentage of 0 has no value in proto JSON. */
function panic({ name, health_checks: checks = [], common_lb_config: balancing }) {
  const off = balancing?.healthy_panic_threshold && !balancing.healthy_panic_threshold.value;
  return checks.length === 0 || off ? [] : [`cluster ${name}: healthy_panic_threshold must be 0`];
}
