"""Recognition: what a code is, whoever made it: goods, a load unit, a parcel, a link, or a code of the site's own."""
