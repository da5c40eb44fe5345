/** The experiment's YAML file: reading it with its imports and overrides, and binding it to a plan's settings. */
@NullMarked
package org.experimaestro.loader.settings;

import org.jspecify.annotations.NullMarked;
