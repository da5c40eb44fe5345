/** The commands that describe types and explain identifiers. */
@NullMarked
package org.experimaestro.cli.configuration;

import org.jspecify.annotations.NullMarked;
