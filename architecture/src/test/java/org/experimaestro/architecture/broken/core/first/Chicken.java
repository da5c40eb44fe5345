package org.experimaestro.architecture.broken.core.first;

import org.experimaestro.architecture.broken.core.second.Egg;

/** Half of a cycle of packages. */
public record Chicken(Egg egg) {}
