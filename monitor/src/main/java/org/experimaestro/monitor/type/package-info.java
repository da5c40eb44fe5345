/** Descriptions of configuration types that the annotation processor wrote, read without loading a class. */
@NullMarked
package org.experimaestro.monitor.type;

import org.jspecify.annotations.NullMarked;
