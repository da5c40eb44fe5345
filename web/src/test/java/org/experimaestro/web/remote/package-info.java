@NullMarked
package org.experimaestro.web.remote;

import org.jspecify.annotations.NullMarked;
