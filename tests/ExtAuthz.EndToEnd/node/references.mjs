// What Envoy's factories refuse, or silently ignore, beyond the protos: names that lead nowhere and settings that undo each other.
import { connectionManagers, objects, repeated, seconds, typed } from './tree.mjs';

const routerType = 'envoy.extensions.filters.http.router.v3.Router';
const http2Type = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

export function references(bootstrap) {
  const resources = bootstrap.static_resources ?? {};
  return [
    ...clusterNames(resources),
    ...[...connectionManagers(resources)].flatMap(manager => [...filterOrder(manager), ...perFilterKeys(manager), ...domains(manager)]),
    ...[...objects(resources)].filter(object => object.envoy_grpc).flatMap(service => [...retries(service), ...grpcCluster(service, resources)]),
    ...(resources.clusters ?? []).flatMap(healthChecks),
  ];
}

function clusterNames({ clusters = [], listeners = [] }) {
  const known = clusters.map(cluster => cluster.name);
  const used = [...objects(listeners)].flatMap(object => [
    object.cluster,
    object.envoy_grpc?.cluster_name,
    ...(object.weighted_clusters?.clusters ?? []).map(cluster => cluster.name),
  ]);
  const unknown = used.filter(name => typeof name === 'string' && !known.includes(name));
  return [
    ...unknown.map(name => `cluster ${name} is not defined`),
    ...repeated(known).map(name => `cluster ${name} is defined twice`),
    ...repeated(listeners.map(listener => listener.name)).map(name => `listener ${name} is defined twice`),
  ];
}

function filterOrder({ http_filters: filters = [] }) {
  const isRouter = filter => filter.typed_config?.['@type'] === `type.googleapis.com/${routerType}`;
  return [
    ...(filters.length > 0 && filters.findIndex(isRouter) === filters.length - 1 ? [] : ['http_filters: the router is not last']),
    ...repeated(filters.map(filter => filter.name)).map(name => `http_filters: ${name} stands twice`),
  ];
}

/** Envoy ignores the settings of a filter that is not in the chain: a protection that is not there. */
function perFilterKeys({ http_filters: filters = [], route_config: routes }) {
  const names = filters.map(filter => filter.name);
  return [...objects(routes)]
    .flatMap(object => Object.keys(object.typed_per_filter_config ?? {}))
    .filter(key => !names.includes(key))
    .map(key => `typed_per_filter_config: no http filter is named ${key}`);
}

function domains({ route_config: routes }) {
  const hosts = routes?.virtual_hosts ?? [];
  return [
    ...repeated(hosts.flatMap(host => host.domains ?? []).map(domain => domain.toLowerCase())).map(domain => `domain ${domain} stands twice`),
    ...repeated(hosts.map(host => host.name)).map(name => `virtual host ${name} stands twice`),
  ];
}

/** Envoy makes max_interval the time limit of each try, and 10 times base_interval where it is not set. */
function retries({ timeout = '0.2s', retry_policy: policy }) {
  if (!policy) return [];
  const { base_interval: base = '1s', max_interval: max } = policy.retry_back_off ?? {};
  const limit = max ? seconds(max) : 10 * seconds(base);
  return limit >= seconds(timeout) ? [] : [`retry_back_off.max_interval ${limit}s is below the timeout ${timeout}: each try would end there`];
}

function grpcCluster({ envoy_grpc: { cluster_name: name, authority } }, { clusters = [] }) {
  const cluster = clusters.find(candidate => candidate.name === name);
  const speaksHttp2 = [...typed(cluster, http2Type)].some(options => options.explicit_http_config?.http2_protocol_options);
  return [
    ...(cluster && !speaksHttp2 ? [`cluster ${name} is called with gRPC but does not speak HTTP/2`] : []),
    ...authorityFaults('envoy_grpc', authority ?? name),
  ];
}

function healthChecks({ name, health_checks: checks = [] }) {
  return [
    ...(checks.length > 1 ? [`cluster ${name} has more than one health check`] : []),
    ...checks.filter(check => check.grpc_health_check).flatMap(check => authorityFaults('grpc_health_check', check.grpc_health_check.authority ?? name)),
  ];
}

/** Kestrel resets a stream whose :authority holds one of these. */
const authorityFaults = (where, authority) => (/[/|,@]/.test(authority) ? [`${where}: Kestrel refuses the authority ${authority}`] : []);
