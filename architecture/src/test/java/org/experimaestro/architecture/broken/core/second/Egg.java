package org.experimaestro.architecture.broken.core.second;

import org.experimaestro.architecture.broken.core.first.Chicken;

/** Half of a cycle of packages. */
public record Egg(Chicken chicken) {}
