package io.github.clinicsessions.example;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is to be protected. */
@RestController
class Patients {

    @GetMapping("/patients")
    String list() {
        return "none";
    }
}
