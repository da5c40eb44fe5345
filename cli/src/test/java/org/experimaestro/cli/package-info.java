@NullMarked
package org.experimaestro.cli;

import org.jspecify.annotations.NullMarked;
