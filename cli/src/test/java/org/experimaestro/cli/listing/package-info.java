@NullMarked
package org.experimaestro.cli.listing;

import org.jspecify.annotations.NullMarked;
