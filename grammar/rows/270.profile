# A profile for requests for eligibility: what the rows do not say. Fill in what stands behind each =; lines that stay empty are left out.
transaction = 270

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

# Who asks: a provider with an NPI.
receivers.party.name =
receivers.party.id =

# Who is asked, where the rows give only an id; and who numbers the requests (1 or 9, and nine characters more).
sources.party.name =
subscribers.traces.originatorId =
dependents.traces.originatorId =
