@NullMarked
package org.experimaestro.cli.configuration;

import org.jspecify.annotations.NullMarked;
