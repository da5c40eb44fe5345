/** Options that several commands share, and their converters. */
@NullMarked
package org.experimaestro.cli.option;

import org.jspecify.annotations.NullMarked;
