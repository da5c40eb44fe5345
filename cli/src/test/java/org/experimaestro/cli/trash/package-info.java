@NullMarked
package org.experimaestro.cli.trash;

import org.jspecify.annotations.NullMarked;
