@NullMarked
package org.experimaestro.cli.option;

import org.jspecify.annotations.NullMarked;
