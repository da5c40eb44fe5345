@NullMarked
package org.experimaestro.cli.completion;

import org.jspecify.annotations.NullMarked;
