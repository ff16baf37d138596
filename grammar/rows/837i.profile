# A profile for institutional claims: what the rows do not say. Fill in what stands behind each =; lines that stay empty are left out.
transaction = 837I

# The envelope. T is a test, P is real.
interchange.usage = T
interchange.senderQualifier = ZZ
interchange.sender =
interchange.receiverQualifier = ZZ
interchange.receiver =
group.sender =
group.receiver =

# A number of your own for this batch.
referenceId = 1

# Who sends the file, and how to reach them.
submitter.name =
submitter.id =
submitter.contacts.contactName =
submitter.contacts.numbers.qualifier = TE
submitter.contacts.numbers.number =

# Who gets it: a clearinghouse or a health plan.
receiver.name =
receiver.id =

# Who bills: name, NPI, tax id, address (no post box), taxonomy. Rows may say it of each claim instead (billing_npi ...).
billingProviders.taxonomyCode =
billingProviders.provider.name =
billingProviders.provider.npi =
billingProviders.provider.taxId =
billingProviders.provider.addressLine1 =
billingProviders.provider.city =
billingProviders.provider.state =
billingProviders.provider.postalCode =

# What is the same for all claims, where a row does not say it: kind of plan (CI commercial, MA Medicare Part A, MC Medicaid ...).
subscribers.filingIndicatorCode = CI
subscribers.payer.name =
