"""The forms of the site: what a person is asked for, in plain words. Whether it may be done is for the verbs to say."""
