"""intake-whatsapp: takes WhatsApp messages and delivery reports from Twilio."""
