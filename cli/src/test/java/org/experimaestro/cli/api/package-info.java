@NullMarked
package org.experimaestro.cli.api;

import org.jspecify.annotations.NullMarked;
