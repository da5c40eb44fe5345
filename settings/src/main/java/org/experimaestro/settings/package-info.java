/**
 * From YAML to records: files are read with their imports and overrides, and bound to the settings of a plan, a
 * workspace or a user.
 */
@NullMarked
package org.experimaestro.settings;

import org.jspecify.annotations.NullMarked;
