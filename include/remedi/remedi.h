/* All of Remedi. */
#ifndef REMEDI_REMEDI_H
#define REMEDI_REMEDI_H

#include <remedi/270.h>
#include <remedi/271.h>
#include <remedi/276.h>
#include <remedi/277.h>
#include <remedi/277ca.h>
#include <remedi/835.h>
#include <remedi/837i.h>
#include <remedi/837p.h>
#include <remedi/999.h>
#include <remedi/ack.h>
#include <remedi/arena.h>
#include <remedi/check.h>
#include <remedi/codes.h>
#include <remedi/csv.h>
#include <remedi/decimal.h>
#include <remedi/envelope.h>
#include <remedi/event.h>
#include <remedi/finding.h>
#include <remedi/guide.h>
#include <remedi/io.h>
#include <remedi/json.h>
#include <remedi/reader.h>
#include <remedi/rows.h>
#include <remedi/status.h>
#include <remedi/types.h>
#include <remedi/version.h>
#include <remedi/view.h>
#include <remedi/writer.h>

#endif
