# A profile for questions for the status of claims: what the rows do not say. Fill in what stands behind each =; lines that stay empty are left out.
transaction = 276

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

# Who asks, with the id that the receiver knows; and whose claims they are, where the rows do not say it.
receivers.party.name =
receivers.party.id =
providers.parties.name =
providers.parties.id =

# Who is asked, where the rows give only an id.
payers.party.name =
