@NullMarked
package org.experimaestro.cli.workspace;

import org.jspecify.annotations.NullMarked;
