// Docker can not run where this was written: the compose file is held against the Dockerfile and the bootstrap instead.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';

const root = new URL('../../../', import.meta.url);
const read = file => readFileSync(new URL(file, root), 'utf8');
const { services } = parse(read('docker-compose.yml'), { merge: true });
const dockerfile = read('Dockerfile');

// The first release of each minor version with the fixes of path handling and ext_authz that we rely on.
const patched = { 36: 10, 37: 6, 38: 4, 39: 1 };

for (const [name, service] of Object.entries(services)) {
  test(`${name} has a read-only file system and no privileges`, () => {
    assert.equal(service.read_only, true);
    assert.deepEqual(service.cap_drop, ['ALL']);
    assert.deepEqual(service.security_opt, ['no-new-privileges:true']);
    assert.equal(service.privileged, undefined);
    assert.ok(service.build || Number(service.user?.split(':')[0]) > 0, 'a pulled image names a user that is not root');
  });

  test(`${name} publishes its ports on the loopback address only`, () =>
    assert.ok((service.ports ?? []).every(port => port.startsWith('127.0.0.1:'))));

  test(`${name} is pinned or built here`, () => {
    if (service.image) assert.match(service.image, /:v?\d+\.\d+/);
    else assert.match(dockerfile, new RegExp(`^FROM .* AS ${service.build.target}$`, 'm'));
  });

  test(`${name} waits only for services that exist and, where it says so, have a health check`, () => {
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      assert.ok(services[other], other);
      assert.ok(condition !== 'service_healthy' || services[other].healthcheck, other);
    }
  });
}

test('Envoy has the fixes that we rely on', () => {
  const [, minor, patch] = services.edge.image.match(/^envoyproxy\/envoy:v1\.(\d+)\.(\d+)$/).map(Number);
  assert.ok(minor > 39 || patch >= patched[minor], services.edge.image);
});

test('every host of the bootstrap is a service or an alias of one', () => {
  const names = Object.entries(services).flatMap(([name, service]) =>
    [...(service.network_mode ? [] : [name]), ...Object.values(service.networks ?? {}).flatMap(network => network.aliases ?? [])]);
  const { clusters } = parse(read('envoy/envoy.yaml')).static_resources;
  for (const cluster of clusters) {
    for (const { endpoint } of cluster.load_assignment.endpoints.flatMap(locality => locality.lb_endpoints)) {
      assert.ok(names.includes(endpoint.address.socket_address.address), cluster.name);
    }
  }
});

test('every file that the Dockerfile copies or builds is there and not ignored', () => {
  const allowed = read('.dockerignore').split('\n').filter(line => line.startsWith('!')).map(line => line.slice(1));
  const paths = [...dockerfile.matchAll(/^(?:COPY (?!--from)(?<sources>.+) \S+|RUN dotnet \w+ (?<project>\S+).*)$/gm)]
    .flatMap(({ groups }) => (groups.sources ?? groups.project).split(' '))
    .map(path => path.replace(/\/\*\.csproj$/, ''))
    .filter(path => path !== '.');
  assert.ok(paths.length > 0);
  for (const path of paths) {
    assert.ok(existsSync(new URL(path, root)), path);
    assert.ok(allowed.some(entry => path === entry || path.startsWith(`${entry}/`)), `${path} is ignored`);
  }
});
