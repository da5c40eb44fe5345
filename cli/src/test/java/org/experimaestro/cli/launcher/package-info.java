@NullMarked
package org.experimaestro.cli.launcher;

import org.jspecify.annotations.NullMarked;
