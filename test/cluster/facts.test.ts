import { describeCluster, type SharedCluster } from '../support/cluster.ts';
import { useOwnCluster } from '../support/own-cluster.ts';
import { addOns } from './facts/add-ons.ts';
import { admission } from './facts/admission.ts';
import { apiServices } from './facts/api-services.ts';
import { badRoads } from './facts/bad-road.ts';
import { domains } from './facts/domains.ts';
import { openEyes } from './facts/eyes.ts';
import { meshes } from './facts/meshes.ts';
import { namespaces } from './facts/namespaces.ts';
import { nodes } from './facts/nodes.ts';
import { clustersWithNothing } from './facts/nothing.ts';
import { storage } from './facts/storage.ts';
import { users } from './facts/users.ts';

// The tests follow each other on one cluster, to which more and more is added.
describeCluster('what is seen of a cluster', (shared) => {
  let cluster: SharedCluster;
  useOwnCluster(shared, (own) => {
    cluster = own;
  });

  const eyes = openEyes(() => cluster);
  clustersWithNothing(eyes);
  users(eyes);
  namespaces(eyes);
  storage(eyes);
  nodes(eyes);
  domains(eyes);
  admission(eyes);
  apiServices(eyes);
  meshes(eyes);
  addOns(eyes);
  badRoads(eyes);
});
