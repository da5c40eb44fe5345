@NullMarked
package org.experimaestro.web.action;

import org.jspecify.annotations.NullMarked;
