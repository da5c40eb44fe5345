/**
 * The built page: a fixed map from paths to files of this jar.
 */
@NullMarked
package org.experimaestro.web.asset;

import org.jspecify.annotations.NullMarked;
