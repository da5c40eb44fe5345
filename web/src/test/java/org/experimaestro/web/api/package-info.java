@NullMarked
package org.experimaestro.web.api;

import org.jspecify.annotations.NullMarked;
