/** A run as one HTML file, which a browser opens from a disk, without a server and without a network. */
@NullMarked
package org.experimaestro.web.export;

import org.jspecify.annotations.NullMarked;
