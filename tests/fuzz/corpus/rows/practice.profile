# What samples/claims.csv does not say. remedi x12 --profile-template 837P prints an empty one, with comments.
transaction = 837P

interchange.usage = T
interchange.senderQualifier = ZZ
interchange.sender = MAPLEFAMILY
interchange.receiverQualifier = ZZ
interchange.receiver = LAKESIDEHEALTH
group.sender = MAPLEFAMILY
group.receiver = LAKESIDEHEALTH

referenceId = B301

submitter.name = MAPLE FAMILY PRACTICE
submitter.id = MFP01
submitter.contacts.contactName = EDI DESK
submitter.contacts.numbers.qualifier = TE
submitter.contacts.numbers.number = 8005550110

receiver.name = LAKESIDE HEALTH PLAN
receiver.id = 99001

billingProviders.taxonomyCode = 207Q00000X
billingProviders.provider.name = MAPLE FAMILY PRACTICE
billingProviders.provider.npi = 1234567893
billingProviders.provider.taxId = 911111111
billingProviders.provider.addressLine1 = 20 MAPLE STREET
billingProviders.provider.city = LAKESIDE
billingProviders.provider.state = OH
billingProviders.provider.postalCode = 440990002

subscribers.filingIndicatorCode = CI
subscribers.payer.name = LAKESIDE HEALTH PLAN
